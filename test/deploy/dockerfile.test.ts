import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bootstrapPackages, packages } from '../../lab/image/recipe.ts'

/** Instructions of a Dockerfile with continuation lines joined, comments left out. */
function instructions(file: string): readonly string[] {
  const joined = readFileSync(file, 'utf8').replace(/\\\n\s*/g, ' ')
  return joined.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

/** Paths of the build context that a Dockerfile copies; what comes from another stage is left out. */
function copied(file: string): readonly string[] {
  return instructions(file)
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))
}

describe('deploy/Dockerfile', () => {
  const lines = instructions('deploy/Dockerfile')

  test('copies only what exists', () => {
    expect(copied('deploy/Dockerfile').filter((path) => !existsSync(path))).toEqual([])
  })

  test('runs as an unprivileged user, with a health check, on the Node it was built with', () => {
    const bases = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1])

    expect(new Set(bases)).toEqual(new Set(['node:24-slim']))
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node')
    expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true)
  })

  test('never copies the whole context, which could hold secrets', () => {
    expect(copied('deploy/Dockerfile')).not.toContain('.')
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('.env')
  })
})

describe('deploy/nginx-host/Dockerfile', () => {
  test('installs the same packages as the lab host it stands for', () => {
    const text = instructions('deploy/nginx-host/Dockerfile').join('\n')

    expect([...bootstrapPackages, ...packages].filter((name) => !text.includes(` ${name}`))).toEqual([])
  })

  test('copies only what exists', () => {
    expect(copied('deploy/nginx-host/Dockerfile').filter((path) => !existsSync(path))).toEqual([])
  })
})
