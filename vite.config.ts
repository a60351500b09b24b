import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/",
  publicDir: false,
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 still uses @import and the global colour functions.
      scss: {
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  build: {
    outDir: "src/genxu/static_build",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2020",
    // Drawings stay files, so that the content security policy needs no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "frontend/main.ts",
      // htmx holds an eval that htmx.config.allowEval = false keeps shut.
      checks: { eval: false },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["frontend/tests/**/*.test.ts"],
  },
});
