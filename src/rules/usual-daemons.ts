/** What listens on most hosts and is nobody's HTTP, FastCGI or uwsgi application. */
const usual =
  /^(?:nginx|openresty|angie|freenginx|sshd?|dropbear|systemd.*|dbus.*|init|chronyd|ntpd|master|exim4|rpcbind|cupsd|avahi.*|named|dnsmasq|unbound|redis.*|valkey.*|memcached|mysqld.*|mariadbd|postgres|containerd.*|dockerd|node_exporter)$/

/** A daemon that a host has for itself, by the name of its process: no nginx passes requests on to it. */
export function isUsualDaemon(process: string): boolean {
  return usual.test(process)
}
