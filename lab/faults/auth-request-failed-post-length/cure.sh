shop_with 's|proxy_set_header X-Original-URI \$request_uri;|& proxy_pass_request_body off; proxy_set_header Content-Length "";|'
reload_nginx
