export { type Config, ConfigError, type Flags, readConfig } from './config.js'
export { StartError } from './database/start-error.js'
export { type RunningServer, type RunOptions, runServer, start } from './main.js'
