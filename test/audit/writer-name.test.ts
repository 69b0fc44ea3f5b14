import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimWriter } from '../../src/audit/writer-name.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-writer-'))
})

afterEach(() => rm(directory, { recursive: true, force: true }))

test('a name that a living process writes under is left to it', async () => {
  await writeFile(join(directory, 'worker-a.lock'), '1\n')

  expect((await claimWriter(directory, 'worker-a')).name).toBe('worker-a-2')
})

test('the name of a dead process is taken over', async () => {
  const child = spawn('true')
  await new Promise((resolve) => child.once('exit', resolve))
  await writeFile(join(directory, 'worker-a.lock'), `${child.pid}\n`)

  expect((await claimWriter(directory, 'worker-a')).name).toBe('worker-a')
})

test('a name that was given back is free again', async () => {
  const first = await claimWriter(directory, 'worker-a')
  await first.release()

  expect((await claimWriter(directory, 'worker-a')).name).toBe('worker-a')
})
