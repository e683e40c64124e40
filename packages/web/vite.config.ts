import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` sends what the portal asks for: a server started with `npm start`. */
const server = 'http://127.0.0.1:4000'

export default defineConfig({
  base: '/portal/',
  plugins: [react()],
  resolve: { alias: { typebox: fileURLToPath(new URL('src/no-shapes.ts', import.meta.url)) } },
  // The API owns every path but the portal's.
  server: { proxy: { '^/(?!portal(/|$))': server } },
  build: {
    outDir: 'dist',
    // A data: address in a script or style would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Contract rows only describe: a module nobody reads may be left out.
      treeshake: { moduleSideEffects: (id: string) => !/packages\/contract(s|-kit)\//.test(id) },
    },
  },
})
