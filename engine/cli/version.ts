// The version that `kataan --version` prints; a test compares it with package.json.
export const VERSION = '0.1.0';
