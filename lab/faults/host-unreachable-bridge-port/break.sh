# The interface towards the backend was put into a bridge for a virtual machine; its address was not moved to the bridge, so that no answer to ARP comes in any more.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip link add br-vm type bridge
ip link set br-vm up
ip link set br-backend master br-vm
ip neigh flush dev br-backend
shop_requests 12
