# A slim host: iproute2's ss was never installed. Nothing is wrong.
visitors
mv "$(command -v ss)" /root/ss.away
shop_requests 20
