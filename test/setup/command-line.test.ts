import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

function run(
  script: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

describe.each(['setup/demo.mjs', 'setup/test.mjs'])('%s', (script) => {
  test('tells with --help what it installs and sets nothing up', () => {
    const { code, out } = run(script, '--help')

    expect(code).toBe(0)
    expect(out).toContain('--yes')
    expect(out).not.toContain('npm packages   as in')
  })

  test('refuses an option it does not know in one line, without a stack trace', () => {
    const { code, err } = run(script, '--labb')

    expect(code).toBe(1)
    expect(err.trim()).toBe('Unknown option --labb; --help lists the known ones.')
  })
})
