sed -i 's|^    location / {|&\n        proxy_set_header Host $host;|' "$(new_site ledger)"
reload_nginx
requests ledger.example.com /accounts 1 | grep -qx 200
