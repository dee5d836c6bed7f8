/** Light, dark or as the system says; remembered on this machine and written as `data-theme` on the root element. */
import { create } from 'zustand';

export type ThemeChoice = 'system' | 'light' | 'dark';

const STORAGE_KEY = 'millrace.theme';
const systemIsDark = () => typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches;
const resolve = (choice: ThemeChoice): 'light' | 'dark' => (choice === 'system' ? (systemIsDark() ? 'dark' : 'light') : choice);

interface ThemeState {
  choice: ThemeChoice;
  theme: 'light' | 'dark';
  choose: (choice: ThemeChoice) => void;
}

export const useTheme = create<ThemeState>((set) => ({
  choice: 'system',
  theme: 'light',
  choose: (choice) => {
    localStorage.setItem(STORAGE_KEY, choice);
    set({ choice, theme: resolve(choice) });
  },
}));

/** Reads the stored choice, follows the system, and keeps `<html data-theme>` in step. Call once at start. */
export function startTheme(): void {
  const stored = localStorage.getItem(STORAGE_KEY);
  const choice: ThemeChoice = stored === 'light' || stored === 'dark' ? stored : 'system';
  const apply = (theme: 'light' | 'dark') => document.documentElement.setAttribute('data-theme', theme);
  useTheme.subscribe((state) => apply(state.theme));
  useTheme.setState({ choice, theme: resolve(choice) });
  apply(resolve(choice));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    const { choice: now } = useTheme.getState();
    if (now === 'system') useTheme.setState({ theme: resolve(now) });
  });
}
