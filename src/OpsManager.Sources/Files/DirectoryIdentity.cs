namespace OpsManager.Sources.Files;

/// <summary>Device and inode of a directory: the same through every link, bind mount and <c>/proc/PID/cwd</c>.</summary>
internal readonly record struct DirectoryIdentity(ulong Device, ulong Inode);
