# http to a server that speaks the uwsgi protocol.
visitors
shop_with "s|uwsgi_pass |proxy_pass http://|" "/include uwsgi_params;/d"
reload_nginx
shop_requests 24
