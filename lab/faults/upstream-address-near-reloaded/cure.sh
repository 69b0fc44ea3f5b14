sed -i 's/^127.0.0.4 checkout-backend/127.0.0.1 checkout-backend/' /etc/hosts
reload_nginx
