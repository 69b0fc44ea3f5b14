import { allInForce, type Scope } from '../nginx/config-scope.ts'

/** Settings that *_ssl_conf_command (nginx 1.19.4) hands straight to OpenSSL: SSL_CONF_cmd(3). null where it does not name them. */
export interface TlsCommands {
  readonly minProtocol: string | null
  readonly maxProtocol: string | null
  readonly cipherString: string | null
}

/** The versions that nginx and OpenSSL have in common words for, the oldest first. */
const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

export function tlsCommands(scope: Scope, protocol: string): TlsCommands {
  const commands = allInForce(scope, `${protocol}_ssl_conf_command`)
  // OpenSSL takes its names in any case; the last of several counts.
  const value = (name: string): string | null =>
    commands.findLast(({ args }) => args[0]?.toLowerCase() === name)?.args[1] ?? null
  return { minProtocol: value('minprotocol'), maxProtocol: value('maxprotocol'), cipherString: value('cipherstring') }
}

/** Of these versions the ones that the limits leave. */
export function within(protocols: string | null, { minProtocol, maxProtocol }: TlsCommands): string | null {
  if (protocols === null) return null
  const least = minProtocol === null ? 0 : VERSIONS.indexOf(minProtocol)
  const most = maxProtocol === null ? VERSIONS.length : VERSIONS.indexOf(maxProtocol)
  // "None" and versions of before TLS limit nothing here.
  const upTo = most < 0 ? VERSIONS.length : most
  return protocols
    .split(' ')
    .filter((name) => !VERSIONS.includes(name) || (VERSIONS.indexOf(name) >= least && VERSIONS.indexOf(name) <= upTo))
    .join(' ')
}

/** The command that keeps a version out, and what it would have to say. */
export function commandAgainst(
  version: string,
  commands: TlsCommands,
): { readonly name: string; readonly value: string } | null {
  const at = VERSIONS.indexOf(version)
  const least = VERSIONS.indexOf(commands.minProtocol ?? '')
  const most = VERSIONS.indexOf(commands.maxProtocol ?? '')
  if (least > at) return { name: 'MinProtocol', value: version }
  return most >= 0 && most < at ? { name: 'MaxProtocol', value: version } : null
}
