/** What systemd allows in the name of a service (systemd.unit(5)); nothing that a shell or an option parser would read otherwise. */
const serviceName = /^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]{0,240}\.service$/

export function isServiceName(text: string): boolean {
  return serviceName.test(text)
}
