ip link del br-build
