/** An nginx that a unit starts from elsewhere or with options of its own; what was typed is one command. */
export interface OwnNginx {
  readonly program: string
  /** -c and -p in the order in which probes and actions give them. */
  readonly options: readonly string[]
}

export class OwnNginxError extends Error {
  constructor(command: string, why: string) {
    super(`--nginx ${JSON.stringify(command)}: ${why}`)
    this.name = 'OwnNginxError'
  }
}

/** Paths that mean nothing more to sudoers: no wildcard, no escape, no space. */
const path = /^\/[A-Za-z0-9_.+@/-]{1,200}$/

/** Reads "/opt/nginx/sbin/nginx -p /opt/nginx -c /opt/nginx/conf/nginx.conf": the program of a unit's ExecStart, with its -c and -p. Throws OwnNginxError. */
export function readOwnNginx(command: string): OwnNginx {
  const [program = '', ...words] = command.trim().split(/\s+/)
  if (!path.test(program) || program.includes('/../'))
    throw new OwnNginxError(command, 'begins with the absolute path of the program')
  const given = new Map<string, string>()
  for (let at = 0; at < words.length; at += 2) {
    const [option, value] = [words[at] ?? '', words[at + 1] ?? '']
    if (option !== '-c' && option !== '-p') throw new OwnNginxError(command, `${option} is neither -c nor -p`)
    if (!path.test(value) || value.includes('/../'))
      throw new OwnNginxError(command, `${option} takes an absolute path`)
    given.set(option, value)
  }
  const options = ['-c', '-p'].flatMap((option) => [given.get(option) ?? []].flat().flatMap((value) => [option, value]))
  return { program, options }
}
