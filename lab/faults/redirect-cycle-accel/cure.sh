sed -i 's|^    location / {|    location /protected/ {\n        internal;\n        alias /srv/papers/;\n    }\n\n&|' "$(new_site papers)"
reload_nginx
requests papers.example.com /download/price-list.pdf 1 | grep -qx 200
