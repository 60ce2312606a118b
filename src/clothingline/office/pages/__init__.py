"""The pages of programme officers, field officers and auditors (`/admin`)."""
