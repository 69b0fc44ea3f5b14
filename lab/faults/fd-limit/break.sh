# Workers may open 40 files and sockets; answers take 3 s, and each request needs two sockets.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^worker_processes .*/&\nworker_rlimit_nofile 40;/' /etc/nginx/nginx.conf
checkout_settings APP_DELAY=3
checkout_threads 200
reload_nginx
shop_requests 120 0.01 -m 20
