systemctl kill --signal=CONT "$BLOG_UNIT"
blog_as_shipped
