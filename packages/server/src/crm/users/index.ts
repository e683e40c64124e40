export { usersModule } from './users.handlers.js'
