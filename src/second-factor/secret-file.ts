import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { Secret } from 'otpauth'
import { z } from 'zod'
import { ConfigError } from '../config-error.ts'

/** Slack user id -> secret in base32 (RFC 4648), as an authenticator takes it. */
export type Secrets = ReadonlyMap<string, string>

const shape = z.record(
  z.string().regex(/^[UW][A-Z0-9]{2,}$/),
  z.strictObject({ secret: z.string().regex(/^[A-Z2-7]{16,}$/) }),
)

/** RFC 4226, 4: 160 bits. */
const secretBytes = 20

/** Empty when the file is not there. Throws ConfigError when others may read it, or when it cannot be understood: then nobody has a second factor. */
export async function readSecrets(file: string): Promise<Secrets> {
  const { mode } = (await stat(file).catch(whenMissing)) ?? {}
  if (mode === undefined) return new Map()
  if ((mode & 0o077) !== 0)
    throw new ConfigError(`${file} may be read by others: it holds the secrets of second factors (chmod 600 ${file})`)
  const read = shape.safeParse(parsed(await readFile(file, 'utf8')))
  if (!read.success)
    throw new ConfigError(`${file} does not hold secrets of second factors: put it back, or enroll anew`)
  return new Map(Object.entries(read.data).map(([userId, { secret }]) => [userId, secret]))
}

/** Makes a new secret for this person, in the place of a former one; answers it in base32. */
export async function enroll(file: string, userId: string): Promise<string> {
  const secrets = new Map(await readSecrets(file))
  const secret = new Secret({ size: secretBytes }).base32
  secrets.set(userId, secret)
  await write(file, secrets)
  return secret
}

/** False: there was none. */
export async function remove(file: string, userId: string): Promise<boolean> {
  const secrets = new Map(await readSecrets(file))
  const was = secrets.delete(userId)
  if (was) await write(file, secrets)
  return was
}

async function write(file: string, secrets: Secrets): Promise<void> {
  const content = Object.fromEntries([...secrets].map(([userId, secret]) => [userId, { secret }]))
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
  await chmod(`${file}.new`, 0o600)
  await rename(`${file}.new`, file)
}

function whenMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
