import { describe, expect, it } from 'vitest'
import { model } from '../../src/nginx/config-model.ts'
import { parseConfig } from '../../src/nginx/config-parse.ts'
import { assignmentsOf, configuredAnswers } from '../../src/nginx/switches.ts'

function scopeOf(text: string, path: string) {
  const { servers } = model(parseConfig(new Map([['/etc/nginx/nginx.conf', text]]), '/etc/nginx/nginx.conf'))
  const found = servers[0]?.locations.find((location) => location.path === path)
  if (!found) throw new Error(`no location ${path}`)
  return found.scope
}

function mapped(entry: string): string {
  return `http { map $time_iso8601 $night { default 0; ${entry} } server { location / { if ($night) { return 503; } } } }`
}

describe('what the configuration answers by itself', () => {
  it('may be said by the named location that try_files ends in, of its own location and of no other', () => {
    const text = `http { server {
      location / { try_files $uri @render; }
      location /files/ { try_files $uri =404; }
      location @render { return 503 "back soon\\n"; }
    } }`

    expect(configuredAnswers(scopeOf(text, '/'))).toMatchObject([
      { status: 503, named: true, says: 'back soon\n', line: 4, conditions: [] },
    ])
    expect(configuredAnswers(scopeOf(text, '/files/'))).toEqual([])
  })

  it('is not taken from a named location that error_page leads to: what came before is not known', () => {
    const text = 'http { server { location / { error_page 404 @gone; } location @gone { return 503; } } }'

    expect(configuredAnswers(scopeOf(text, '/'))).toEqual([])
  })
})

describe('the default of a map', () => {
  it('is one value among others where the map has some for single requests', () => {
    expect(assignmentsOf('night', scopeOf(mapped('"~T0[1-3]" 1;'), '/'))).toMatchObject([
      { value: '0', amongOthers: true },
    ])
    expect(assignmentsOf('night', scopeOf(mapped('volatile;'), '/'))[0]).not.toHaveProperty('amongOthers')
  })
})
