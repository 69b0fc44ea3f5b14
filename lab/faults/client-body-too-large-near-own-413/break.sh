# The application refuses large uploads by itself; nginx would let them pass.
visitors
shop_server_directive 'client_max_body_size 50m;'
reload_nginx
keep "$SHOP_DIR/app.py"
sed -i 's/^def app(environ, start_response):/&\n    if int(environ.get("CONTENT_LENGTH") or 0) > 100000:\n        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))\n        start_response("413 Content Too Large", [("Content-Type", "text\/plain"), ("Content-Length", "4")])\n        return [b"big\\n"]/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
head -c 400000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
rm /tmp/upload
