export { viewHandlers as viewsModule } from './views.handlers.js'
