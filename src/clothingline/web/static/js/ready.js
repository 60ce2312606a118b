// The page's behaviours are bound: measured as "ready" (docs: ux, performance gates).
performance.mark("siap");
