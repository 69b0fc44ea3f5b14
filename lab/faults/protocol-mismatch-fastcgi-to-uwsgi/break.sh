# A site of flup's days was moved to a uWSGI server, and its location still has fastcgi_pass.
visitors
shop_with "s|uwsgi_pass |fastcgi_pass |" "s|include uwsgi_params;|include fastcgi_params;|"
reload_nginx
shop_requests 24
