blog_pool 's|^listen = .*|&\nsecurity.limit_extensions = .php .html|'
wait_until 10 listens_at "unix:$BLOG_SOCK"
