shop_with 's|proxy_set_header Connection "upgrade"; }|proxy_set_header Connection "upgrade"; proxy_set_header Host $host; }|'
reload_nginx
