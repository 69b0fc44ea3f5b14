import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { projectFiles } from './source-files.ts'

const files = projectFiles()
const texts = files.filter((file) => /\.(?:ts|mjs|mts|sh|ya?ml|json|md|toml)$|^\.ci\/|Dockerfile$/.test(file))

test('every source file is named in kebab-case', () => {
  const sources = files.filter((file) => /\.(?:ts|mjs|mts|sh)$/.test(file)).map((file) => basename(file))

  expect(
    sources.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|d|config))?\.(?:ts|mjs|mts|sh)$/.test(name)),
  ).toEqual([])
})

test('no file is named after nothing in particular', () => {
  const vague = /(?:^|-)(?:manager|helpers?|utils?|misc|handlers?|common|data|info)(?:-|\.)/

  expect(files.filter((file) => /^(?:src|commands)\//.test(file) && vague.test(basename(file)))).toEqual([])
})

// A checkout must be whole by itself, wherever it lies: nothing may lean on the machine or folder where it was written.
test('no file names a path of the machine it was written on', () => {
  const foreign = /(?<![\w.])\/w[o]rk\/|\.\.\/s[h]ared\b|\.l[i]brary\b/ // the brackets keep this line from finding itself

  expect(texts.filter((file) => foreign.test(readFileSync(file, 'utf8')))).toEqual([])
})
