import wit from 'unplugin-wit/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [wit()] });
