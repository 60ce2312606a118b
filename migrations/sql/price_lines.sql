-- The lines of the quote that was taken add up to the order's price, and nobody's part of it is below zero. A quote that
-- fell keeps its dead lines: its order has no price then, or another quote.
CREATE FUNCTION guard_price_lines() RETURNS trigger
LANGUAGE plpgsql
SET search_path = public
AS $$
DECLARE
    whose uuid := CASE TG_TABLE_NAME WHEN 'orders' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'order_id')::uuid END;
BEGIN
    IF EXISTS (SELECT FROM orders
                 JOIN quote ON quote.order_id = orders.id AND quote.state IN ('accepted', 'won')
                 JOIN price_line ON price_line.quote_id = quote.id
                WHERE orders.id = whose
                GROUP BY orders.id, orders.price_idr
               HAVING sum(price_line.amount_idr) IS DISTINCT FROM orders.price_idr)
       OR EXISTS (SELECT FROM price_line WHERE order_id = whose
                   GROUP BY quote_id, code, payee_id, source_id HAVING sum(amount_idr) < 0) THEN
        RAISE EXCEPTION 'price lines of order % do not add up', whose
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guard_price_lines';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER guard_price_lines AFTER INSERT ON price_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_price_lines();
CREATE CONSTRAINT TRIGGER guard_price_lines AFTER UPDATE OF price_idr ON orders
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_price_lines();
