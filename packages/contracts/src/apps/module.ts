import { apiModule } from '@groundlevel/contract-kit'

export const apps = apiModule({ name: 'apps', auth: 'session', because: 'My Apps belong to the signed-in developer' })
