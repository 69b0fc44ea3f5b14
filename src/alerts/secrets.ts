import { readFile, stat } from 'node:fs/promises'
import { ConfigError } from '../config-error.ts'
import type { AlertSource } from './source.ts'
import type { SourceEntry } from './sources-config.ts'
import { senders } from './sources/index.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Shorter ones can be guessed; what PagerDuty and `openssl rand -hex 32` make is longer. */
const shortest = 20

/** The name of the variable that holds the secret of a source when its entry names neither variable nor file. */
export function secretVariableOf(name: string): string {
  return `GATEMEDIC_ALERT_SECRET_${name.toUpperCase().replaceAll('-', '_')}`
}

/**
 * The sources with their secrets. GATEMEDIC_ALERT_SECRET alone is a source `generic` of type generic that signs, as it was
 * before there were others. Throws ConfigError, which never repeats a secret.
 */
export async function withSecrets(
  entries: Readonly<Record<string, SourceEntry>>,
  variables: Variables,
): Promise<readonly AlertSource[]> {
  const old = variables['GATEMEDIC_ALERT_SECRET']
  const alone = old && !Object.hasOwn(entries, 'generic') ? [genericAlone(old)] : []
  const named = Object.entries(entries).map(([name, entry]) => withSecret(name, entry, variables))
  const sources = [...alone, ...(await Promise.all(named))]
  if (sources.length === 0)
    throw new ConfigError(
      'alerts.port is configured, but nobody may send: name who does under alerts.sources (docs/alerts.md), or set GATEMEDIC_ALERT_SECRET for /alerts/generic',
    )
  const twice = sources.find(({ secrets }, at) =>
    sources.slice(0, at).some((before) => before.secrets.some((secret) => secrets.includes(secret))),
  )
  if (twice)
    throw new ConfigError(
      `alerts.sources.${twice.name}: another source has the same secret; with one of its own, what one sender gives away is good for that sender alone`,
    )
  return sources
}

function genericAlone(secret: string): AlertSource {
  return { name: 'generic', type: 'generic', auth: 'hmac', user: '', secrets: [secret], perMinute: 60, map: [] }
}

async function withSecret(name: string, entry: SourceEntry, variables: Variables): Promise<AlertSource> {
  const { type, auth, user, secretVariable, secretFile, perMinute, channel, map } = entry
  const secrets =
    secretFile === undefined ? fromVariable(name, secretVariable, variables) : await fromFile(name, secretFile)
  const short = secrets.some((secret) => Buffer.byteLength(secret) < shortest)
  if (short || secrets.length === 0 || secrets.length > 2)
    throw new ConfigError(
      `alerts.sources.${name}: its secret must have at least ${shortest} characters (openssl rand -hex 32); a file may hold two, one a line, while it is exchanged`,
    )
  return {
    name,
    type,
    auth: auth ?? senders[type].auths[0],
    user: user ?? 'gatemedic',
    secrets,
    perMinute,
    channel,
    map,
  }
}

function fromVariable(name: string, variable: string | undefined, variables: Variables): readonly string[] {
  const wanted = variable ?? secretVariableOf(name)
  const old = name === 'generic' && variable === undefined ? variables['GATEMEDIC_ALERT_SECRET'] : undefined
  const secret = variables[wanted] || old
  if (!secret)
    throw new ConfigError(
      `environment: ${wanted} is not set: the secret of alerts.sources.${name} (or name a file in its secretFile)`,
    )
  return [secret]
}

async function fromFile(name: string, path: string): Promise<readonly string[]> {
  const fail = (why: string, cause?: unknown) =>
    new ConfigError(`alerts.sources.${name}.secretFile: ${path} ${why}`, { cause })
  const { mode } = await stat(path).catch((error: unknown) => {
    throw fail('cannot be read', error)
  })
  if ((mode & 0o077) !== 0) throw fail(`may be read by others: chmod 600 ${path}`)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fail('cannot be read', error)
  })
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
