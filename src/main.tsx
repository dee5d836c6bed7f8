/** The browser's entry: starts the host and mounts the interface. */
import { createBackend } from './host/browser.ts';
import { mount } from './ui/mount.tsx';

mount(createBackend(), document.getElementById('root') as HTMLElement);
