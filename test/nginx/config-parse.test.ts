import { describe, expect, it } from 'vitest'
import { splitDump } from '../../src/nginx/config-dump.ts'
import { parseConfig, type Config, type Directive } from '../../src/nginx/config-parse.ts'

function parse(text: string, more: Readonly<Record<string, string>> = {}): Config {
  return parseConfig(new Map([['/etc/nginx/nginx.conf', text], ...Object.entries(more)]), '/etc/nginx/nginx.conf')
}

function named(directives: readonly Directive[], name: string): readonly Directive[] {
  return directives.flatMap((one) => [...(one.name === name ? [one] : []), ...named(one.block ?? [], name)])
}

describe('the configuration parser', () => {
  it('gives each directive its file and line', () => {
    const { directives, errors } = parse('user www-data;\nevents {\n  worker_connections 64; # few\n}\n')

    expect(errors).toEqual([])
    expect(directives).toEqual([
      { name: 'user', args: ['www-data'], file: '/etc/nginx/nginx.conf', line: 1 },
      {
        name: 'events',
        args: [],
        file: '/etc/nginx/nginx.conf',
        line: 2,
        block: [{ name: 'worker_connections', args: ['64'], file: '/etc/nginx/nginx.conf', line: 3 }],
      },
    ])
  })

  it('keeps semicolons, braces and hashes inside quotes, and counts the lines in them', () => {
    const { directives, errors } = parse(`add_header X "a; b { # c";\nlog_format main '$a '\n  '"$b"\n';\nuser x;`)

    expect(errors).toEqual([])
    expect(directives.map(({ name, args, line }) => [name, args, line])).toEqual([
      ['add_header', ['X', 'a; b { # c'], 1],
      ['log_format', ['main', '$a ', '"$b"\n'], 2],
      ['user', ['x'], 5],
    ])
  })

  it('takes the backslash off quotes and keeps it in regular expressions', () => {
    const { directives } = parse(String.raw`if ($uri ~ "^/a\.b\"c$") { return 503 'it\'s'; }`)

    expect(directives[0]?.args).toEqual(['($uri', '~', String.raw`^/a\.b"c$`, ')'])
    expect(directives[0]?.block?.[0]?.args).toEqual(['503', "it's"])
  })

  it('does not open a block at a variable in braces', () => {
    const { directives, errors } = parse('proxy_pass http://${backend}:8080/${path};')

    expect(errors).toEqual([])
    expect(directives[0]?.args).toEqual(['http://${backend}:8080/${path}'])
  })

  it('takes a hash in the middle of a word as part of it', () => {
    expect(parse('rewrite ^ /a#b; # comment').directives[0]?.args).toEqual(['^', '/a#b'])
  })

  it('reads a quoted regular expression with braces', () => {
    const { directives, errors } = parse('location ~ "^/[a-z]{2,3}/" { return 204; }')

    expect(errors).toEqual([])
    expect(directives[0]?.args).toEqual(['~', '^/[a-z]{2,3}/'])
  })

  it('keeps Lua blocks whole: strings, long brackets and comments may hold braces', () => {
    const lua = `\n local a = "}" -- }\n local b = [==[ } ]] ]==] --[[ { ]]\n if a then b = { 1 } end\n`

    const { directives, errors } = parse(`location / {\n content_by_lua_block {${lua}}\n proxy_pass http://a;\n}`)

    expect(errors).toEqual([])
    expect(directives[0]?.block?.[0]).toMatchObject({ name: 'content_by_lua_block', lua, line: 2 })
    expect(directives[0]?.block?.[1]).toMatchObject({ name: 'proxy_pass', line: 7 })
  })

  it('reads Lua blocks with an argument before the brace', () => {
    const { directives, errors } = parse('set_by_lua_block $a { return "}" }\nuser x;')

    expect(errors).toEqual([])
    expect(directives.map(({ name }) => name)).toEqual(['set_by_lua_block', 'user'])
  })

  it('reads map, geo and types blocks', () => {
    const { errors, directives } = parse(
      'map $a $b { default 0; ~*^/x 1; "a b" "c;d"; }\ntypes { text/html html htm; }\ngeo $x { 10.0.0.0/8 1; }',
    )

    expect(errors).toEqual([])
    expect(directives[0]?.block?.[2]).toMatchObject({ name: 'a b', args: ['c;d'] })
  })

  it('reads Windows line ends', () => {
    const { directives, errors } = parse('user x;\r\nworker_processes 2;\r\n')

    expect(errors).toEqual([])
    expect(directives.map(({ args, line }) => [args, line])).toEqual([
      [['x'], 1],
      [['2'], 2],
    ])
  })
})

describe('mistakes in a configuration', () => {
  it('names the line whose semicolon is missing before a brace', () => {
    const { errors } = parse('server {\n  root /srv\n}\n')

    expect(errors[0]).toEqual({
      file: '/etc/nginx/nginx.conf',
      line: 2,
      reason: 'directive "root" is not terminated by ";"',
    })
  })

  it('names the line whose semicolon is missing before another directive', () => {
    const { errors } = parse('location / {\n  proxy_pass http://127.0.0.1:80\n  proxy_set_header Host $host;\n}')

    expect(errors[0]).toMatchObject({ line: 2 })
  })

  it('names the block that is never closed', () => {
    const { errors, directives } = parse('http {\n  server {\n    listen 80;\n}\n')

    expect(errors).toEqual([{ file: '/etc/nginx/nginx.conf', line: 1, reason: 'this block has no closing "}"' }])
    expect(named(directives, 'listen')).toHaveLength(1)
  })

  it('names a brace too many and reads on', () => {
    const { errors, directives } = parse('http {\n}\n}\nuser x;')

    expect(errors).toEqual([{ file: '/etc/nginx/nginx.conf', line: 3, reason: 'unexpected "}"' }])
    expect(named(directives, 'user')).toHaveLength(1)
  })

  it('names the line where a quote opens that never closes', () => {
    expect(parse('user x;\nadd_header A "b;\nroot /srv;\n').errors[0]).toMatchObject({ line: 2 })
  })

  it('says that text follows a quoted word at once', () => {
    expect(parse("user x;\nlog_format m 'a'b;").errors[0]).toMatchObject({
      line: 2,
      reason: 'unexpected "b" behind a quoted word',
    })
  })

  it('says that a byte order mark stands before the first directive, and reads on', () => {
    const { errors, directives } = parse('\uFEFFuser x;')

    expect(errors).toMatchObject([{ line: 1 }])
    expect(directives).toMatchObject([{ name: 'user', args: ['x'] }])
  })

  it('says that a Lua block is not closed', () => {
    expect(parse('content_by_lua_block { if a then }}} [[').errors).not.toEqual([])
    expect(parse('content_by_lua_block { [[').errors).not.toEqual([])
  })

  it('bears a hundred thousand opening braces', () => {
    const { errors } = parse('a {'.repeat(100_000))

    expect(errors.length).toBeGreaterThan(0)
    expect(errors.length).toBeLessThanOrEqual(100)
  })

  it('bears binary text', () => {
    const { errors } = parse('\u0000\u0001{};"'.repeat(1_000))

    expect(errors.length).toBeGreaterThan(0)
  })
})

describe('includes', () => {
  it('puts the directives of included files where the include stands, sorted, with their own places', () => {
    const { directives, files } = parse('http {\n include conf.d/*.conf;\n include sites-enabled/[a-b]*;\n}', {
      '/etc/nginx/conf.d/b.conf': 'gzip on;',
      '/etc/nginx/conf.d/a.conf': '\nkeepalive_timeout 5;',
      '/etc/nginx/conf.d/.hidden.conf': 'deny all;',
      '/etc/nginx/conf.d/deep/c.conf': 'deny all;',
      '/etc/nginx/sites-enabled/api': 'server { }',
      '/etc/nginx/sites-enabled/web': 'server { }',
    })

    expect(directives[0]?.block?.map(({ name, file, line }) => [name, file, line])).toEqual([
      ['include', '/etc/nginx/nginx.conf', 2],
      ['keepalive_timeout', '/etc/nginx/conf.d/a.conf', 2],
      ['gzip', '/etc/nginx/conf.d/b.conf', 1],
      ['include', '/etc/nginx/nginx.conf', 3],
      ['server', '/etc/nginx/sites-enabled/api', 1],
    ])
    expect(files).not.toContain('/etc/nginx/sites-enabled/web')
  })

  it('starts relative paths at the main file, not at the including one', () => {
    const { directives } = parse('include sites/a;', {
      '/etc/nginx/sites/a': 'include snippets/s;',
      '/etc/nginx/snippets/s': 'user x;',
    })

    expect(named(directives, 'user')[0]?.file).toBe('/etc/nginx/snippets/s')
  })

  it('says which file is missing, and nothing of a pattern that matches none', () => {
    const { errors } = parse('include gone.conf;\ninclude none/*.conf;')

    expect(errors).toEqual([
      { file: '/etc/nginx/nginx.conf', line: 1, reason: 'included file "gone.conf" is not in the capture' },
    ])
  })

  it('cuts cycles', () => {
    const { errors, directives } = parse('include a;', {
      '/etc/nginx/a': 'include b;',
      '/etc/nginx/b': 'include a; user x;',
    })

    expect(errors).toMatchObject([{ file: '/etc/nginx/b', line: 1 }])
    expect(named(directives, 'user')).toHaveLength(1)
  })

  it('cuts files that include each other exponentially', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`/etc/nginx/${at}`, `include ${at + 1}; include ${at + 1};`]),
    )

    expect(parse('include 0;', files).errors.length).toBeGreaterThan(0)
  })
})

describe('the output of nginx -T', () => {
  const dump = [
    'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok',
    'nginx: configuration file /etc/nginx/nginx.conf test is successful',
    '# configuration file /etc/nginx/nginx.conf:',
    'http {',
    '  include conf.d/*.conf;',
    '}',
    '',
    '# configuration file /etc/nginx/conf.d/a b.conf:',
    '# configuration file /etc/nginx/nginx.conf:',
    'server {',
    '  listen 80;',
    '}',
    '',
  ].join('\n')

  it('is taken apart into files, the main one first, with lines counted from the mark', () => {
    const { files, order } = splitDump(dump)

    expect(order).toEqual(['/etc/nginx/nginx.conf', '/etc/nginx/conf.d/a b.conf'])
    expect(named(parseConfig(files, order[0] ?? '').directives, 'listen')[0]).toMatchObject({
      file: '/etc/nginx/conf.d/a b.conf',
      line: 3,
    })
  })

  it('keeps the end of each file as it is, without the empty line that nginx prints behind it', () => {
    const printed = '# configuration file /a:\nevents {}\n\n# configuration file /b:\nuser www;\n# no newline\n'

    expect([...splitDump(printed).files.values()]).toEqual(['events {}\n', 'user www;\n# no newline'])
  })

  it('takes a comment that names a file seen already for a comment', () => {
    expect(splitDump(dump).files.get('/etc/nginx/conf.d/a b.conf')).toContain(
      '# configuration file /etc/nginx/nginx.conf:',
    )
  })

  it('is empty when nginx printed no file', () => {
    expect(splitDump('nginx: [emerg] unknown directive "x" in /etc/nginx/nginx.conf:1\n').order).toEqual([])
  })
})
