# The pool was shut into the blog's folder by chroot, and nginx still sends the path as it is outside.
visitors
blog_pool "s|^listen = .*|&\nchroot = $BLOG_DIR|"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 30
