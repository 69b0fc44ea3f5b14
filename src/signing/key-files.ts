import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../config-error.ts'
import { createSigner, createVerifier, type Signer, type Verifier } from './signed.ts'

export type Side = 'bot' | 'worker'

/** What one side holds: its own private key, and the public keys of both; while one is changed the former holds beside it. */
export interface Keys {
  readonly signer: Signer
  readonly bot: Verifier
  readonly worker: Verifier
}

const sides = ['bot', 'worker'] as const satisfies readonly Side[]

const privateFile = (dir: string, side: Side): string => join(dir, side, 'private.pem')
/** `holder` has the public key of `of`. */
const publicFile = (dir: string, holder: Side, of: Side): string => join(dir, holder, `${of}.pub`)

/** Reads DIR/SIDE/private.pem and the public keys beside it. Throws ConfigError. */
export async function readKeys(dir: string, side: Side): Promise<Keys> {
  return {
    signer: await readAs(privateFile(dir, side), createSigner),
    bot: await readAs(publicFile(dir, side, 'bot'), createVerifier),
    worker: await readAs(publicFile(dir, side, 'worker'), createVerifier),
  }
}

/** Only the public keys, from whichever side's folder is here: whoever checks a record needs no private one. Throws ConfigError. */
export async function readPublicKeys(dir: string): Promise<Pick<Keys, 'bot' | 'worker'>> {
  const here = await Promise.all(sides.map((side) => exists(publicFile(dir, side, side))))
  const holder = sides.find((_side, index) => here[index]) ?? 'worker'
  return {
    bot: await readAs(publicFile(dir, holder, 'bot'), createVerifier),
    worker: await readAs(publicFile(dir, holder, 'worker'), createVerifier),
  }
}

/** Makes what is missing and leaves what is there; true when keys were made. */
export async function makeKeys(dir: string): Promise<boolean> {
  const there = await Promise.all(sides.map((side) => readKeys(dir, side).catch(() => null)))
  if (there.every((keys) => keys !== null)) return false
  const exist = await Promise.all(sides.map((side) => exists(privateFile(dir, side))))
  if (exist.includes(true))
    throw new ConfigError(
      `${dir} holds some of the signing keys and not all: copy the missing ones back, or empty it to begin anew`,
    )
  for (const side of sides) await writePair(dir, side, '')
  return true
}

/** A new key pair for one side. Its former public key holds beside the new one until the next change. */
export async function rotateKeys(dir: string, side: Side): Promise<void> {
  await readKeys(dir, side)
  const before = await readFile(publicFile(dir, side, side), 'utf8')
  const [newest = ''] = before.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/) ?? []
  await writePair(dir, side, `${newest}\n`)
}

/** The public half goes first: a signature with the new key must hold wherever it is read. */
async function writePair(dir: string, side: Side, older: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const publicPem = `${pem(publicKey, 'spki')}${older}`
  for (const holder of sides) await writeWhole(publicFile(dir, holder, side), publicPem, 0o644)
  await writeWhole(privateFile(dir, side), pem(privateKey, 'pkcs8'), 0o600)
}

async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const folder = join(file, '..')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, text, { mode, flush: true })
  await chmod(`${file}.new`, mode)
  await rename(`${file}.new`, file)
}

function pem(key: KeyObject, type: 'spki' | 'pkcs8'): string {
  return key.export({ type, format: 'pem' }).toString()
}

async function readAs<T>(file: string, read: (text: string) => T): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ConfigError(
      `${file} cannot be read (${codeOf(error)}): bot and worker sign what they tell each other; "gatemedic keys init" makes the keys`,
      { cause: error },
    )
  })
  try {
    return read(text)
  } catch (error) {
    throw new ConfigError(`${file} is not an Ed25519 key in PEM: "gatemedic keys init" makes them`, { cause: error })
  }
}

async function exists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    () => false,
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
