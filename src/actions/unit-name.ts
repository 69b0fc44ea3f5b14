/** What systemd allows in the name of a unit (systemd.unit(5)); nothing that a shell or an option parser would read otherwise. */
const unitName = /^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]{0,240}\.(?<kind>service|socket)$/

/** The kind of a unit that can be acted on; null: it is none. */
export function unitKind(text: string): 'service' | 'socket' | null {
  const kind = unitName.exec(text)?.groups?.['kind']
  return kind === 'service' || kind === 'socket' ? kind : null
}
