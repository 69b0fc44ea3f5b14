blog_as_shipped
wait_until 10 listens_at "unix:$BLOG_SOCK"
