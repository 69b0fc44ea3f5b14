# A release was rolled out by hand, in root's shell with its umask of 027: the files that nginx serves for the application (collectstatic) are not for others.
visitors
ordinary_host
blog_restarted
mkdir -p "$SHOP_DIR/static/css"
echo 'body { color: #222 }' >"$SHOP_DIR/static/css/site.css"
shop_location /static/ "alias $SHOP_DIR/static/;"
reload_nginx
unnoted=1 requests "$SHOP_SITE" /static/css/site.css 6 0.05 | grep -q 200
rm -r "$SHOP_DIR/static"
(
  umask 027
  mkdir -p "$SHOP_DIR/static/css"
  echo 'body { color: #111 }' >"$SHOP_DIR/static/css/site.css"
)
requests "$SHOP_SITE" /static/css/site.css 30
