/** The configuration cannot be used. The message names the variable, or file and line, and what to do; it holds no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
