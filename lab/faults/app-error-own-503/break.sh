# The application answers 503 by itself; the maintenance switch that nginx has is off.
visitors
shop_server_directive 'if (-f /etc/nginx/maintenance) { return 503; }'
reload_nginx
keep "$SHOP_DIR/app.py"
sed -i 's/^def app(environ, start_response):/&\n    start_response("503 Service Unavailable", [("Content-Type", "text\/plain"), ("Content-Length", "5")])\n    return [b"busy\\n"]/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
