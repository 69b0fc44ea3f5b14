# Workers die by SIGSEGV, one every two seconds: what a bad module does, done here by kill(1) from outside.
visitors
systemd-run -q --collect --unit=bad-module bash -c 'for i in {1..300}; do kill -SEGV $(pgrep -P "$(cat /run/nginx.pid)" | head -n 1); sleep 2; done'
checkout_settings APP_DELAY=1
shop_requests 60 0.15
