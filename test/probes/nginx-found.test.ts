import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nginxFoundScript } from '../../src/probes/nginx-found-script.ts'

const folder = mkdtempSync(join(tmpdir(), 'nginx-found-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function isRun(program: string): string {
  const script = `${nginxFoundScript}\nif root_only "$1"; then echo run; else echo left; fi`
  return execFileSync('/bin/sh', ['-c', script, 'sh', program], { encoding: 'utf8' }).trim()
}

describe.skipIf(process.platform !== 'linux')('a program that is said to be nginx', () => {
  it('is not run from a folder that others may write to, whoever owns the file', () => {
    const program = join(folder, 'nginx')
    writeFileSync(program, '#!/bin/sh\n')
    chmodSync(program, 0o755)

    expect(isRun(program)).toBe('left')
  })

  it('is run where only root could have put it', () => {
    expect(isRun('/bin/sh')).toBe('run')
  })

  it('is not run when it is not there', () => {
    expect(isRun('/no/such/nginx')).toBe('left')
  })
})
