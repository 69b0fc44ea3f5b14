# A bridge for a build job was given a network that lies within the one of the backend: its route is the narrower one and wins.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip link add br-build type bridge
ip address add 10.88.0.3/29 dev br-build
ip link set br-build up
shop_requests 12
