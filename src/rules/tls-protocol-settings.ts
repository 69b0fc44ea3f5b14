import { inForce } from '../nginx/config-scope.ts'
import type { Handshake } from '../probes/backend-tls.ts'
import { commandAgainst } from '../symptoms/tls-commands.ts'
import type { Setting } from './location-diff.ts'
import type { TlsCase } from './tls-trials.ts'

/** The trials of single versions, and nginx's word for each. */
export const VERSIONS = [
  ['tls1', 'TLSv1'],
  ['tls1_1', 'TLSv1.1'],
  ['tls1_2', 'TLSv1.2'],
  ['tls1_3', 'TLSv1.3'],
] as const

/** What would let nginx and the backend have a version in common. */
export function protocolSettings(found: TlsCase, spoken: readonly string[], any: Handshake): readonly Setting[] {
  const allowed = found.trials.protocols.split(' ')
  const wanted = spoken.length > 0 ? spoken : [any.version ?? 'TLSv1.2']
  // The newest version the backend has is enough.
  const added = wanted.at(-1) ?? 'TLSv1.2'
  const value = VERSIONS.map(([, name]) => name).filter((name) => allowed.includes(name) || name === added)
  const { family, commands } = found.tls
  const command = commandAgainst(added, commands)
  const written = inForce(found.use.pass.scope, `${family}_ssl_protocols`)?.args.includes(added) === true
  const settings: readonly Setting[] = [
    ...(command ? [commandSetting(found, command)] : []),
    ...(command && written ? [] : [{ name: `${family}_ssl_protocols`, value: value.join(' ') }]),
  ]
  return isOld(added) ? [...settings, oldCiphers(found)] : settings
}

/** OpenSSL 3 allows TLS before 1.2 only at security level 0 (SSL_CTX_set_security_level(3)). */
export function isOld(version: string | null): boolean {
  return version === 'TLSv1' || version === 'TLSv1.1'
}

function oldCiphers(found: TlsCase): Setting {
  return ciphersSetting(found, 'DEFAULT:@SECLEVEL=0')
}

/** In OpenSSL's own words where they are written so, which win over nginx's. */
function ciphersSetting(found: TlsCase, value: string): Setting {
  return found.tls.commands.cipherString === null
    ? { name: `${found.tls.family}_ssl_ciphers`, value }
    : commandSetting(found, { name: 'CipherString', value })
}

function commandSetting({ tls }: TlsCase, { name, value }: { readonly name: string; readonly value: string }): Setting {
  return { name: `${tls.family}_ssl_conf_command`, value: `${name} ${value}`, first: name }
}

export function cipherSettings(found: TlsCase, agreed: Handshake): readonly Setting[] {
  const { trials } = found
  if (isOld(agreed.version) || trials.ciphers === 'DEFAULT' || agreed.cipher === null) return [oldCiphers(found)]
  return [ciphersSetting(found, `${trials.ciphers}:${agreed.cipher}`)]
}
