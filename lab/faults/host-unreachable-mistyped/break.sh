# The upstream was edited by hand after the backend's machine had been moved, and the address has a digit too many: nobody is there. The firewall (ufw) was put up last month and is in order.
usual_day
remote_backend
ufw allow 22/tcp >/dev/null
ufw allow 80/tcp >/dev/null
ufw --force enable >/dev/null
reload_nginx
(unnoted=1 shop_requests 5 >/dev/null)
shop_with 's/10\.88\.0\.2:/10.88.0.12:/'
reload_nginx
shop_requests 20
