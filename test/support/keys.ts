import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeys, readKeys } from '../../src/signing/key-files.ts'

/** Signing keys of this test process, or those of the process that started it. */
export const keysDir = process.env['KEYS_DIR'] ?? mkdtempSync(join(tmpdir(), 'gatemedic-test-keys-'))
await makeKeys(keysDir)
export const botKeys = await readKeys(keysDir, 'bot')
export const workerKeys = await readKeys(keysDir, 'worker')
