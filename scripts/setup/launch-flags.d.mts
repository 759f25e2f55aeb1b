export const launchFlags: string[];
