ip link set br-backend nomaster
ip link del br-vm
ip neigh flush dev br-backend
