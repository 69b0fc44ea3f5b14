# The application was rewritten from Python to Node.js, and the site kept its uwsgi_pass: the new server speaks http and calls each request a bad one.
visitors
shop_passes 'include uwsgi_params;' 'uwsgi_pass @TARGET@;'
reload_nginx
shop_requests 30
