using System.Diagnostics;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// What data keys are wrapped under: one secret per epoch, in a file outside the database and its backups. A subject taken
/// out of it can never be unwrapped again, from whatever copy of the database; all others still can, from every copy.
/// </summary>
/// <remarks>
/// All nodes of a database share the file. A change is written to a new file, which is flushed before it takes the old one's
/// place, under a lock of the file; the old one is overwritten. How thoroughly a disk forgets what is overwritten is the
/// disk's affair: the file alone opens nothing without the wrapping key.
/// </remarks>
public sealed class KeyRing(string path, WrappingKeys keys)
{
    /// <summary>How often a program looks whether the file has come to the database's epoch, before it says that it does not.</summary>
    internal const int MostLooks = 250;

    /// <summary>A shared file may show its old content for a moment.</summary>
    internal static readonly TimeSpan BeforeLookingAgain = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan PatienceForLock = TimeSpan.FromSeconds(15);
    private readonly Lock gate = new();
    private KeyRingContent? known;
    private volatile bool isUnreadable;

    /// <summary>Whether the file did not open when it was last looked at, so that whatever changed in it since is not known here.</summary>
    public bool IsUnreadable => isUnreadable;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Which ring; a database knows its own.</summary>
    public Guid Id => Content.Id;

    /// <summary>Under which data keys are wrapped now.</summary>
    public int Epoch => Content.Epoch;

    /// <summary>This and the earlier ones that are kept.</summary>
    public IReadOnlyList<int> Epochs => [.. Content.Epochs.Keys];

    /// <summary>What wraps the file.</summary>
    public string WrappingKeyId => Content.WrappingKeyId;

    /// <summary>Whether there is one already.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>How data keys of this epoch are marked as wrapped.</summary>
    public string CurrentName => NameOf(Content);

    private string Directory => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    /// <summary>Begins the name of a file that is to take the ring's place.</summary>
    private string FreshPrefix => $".{System.IO.Path.GetFileName(path)}.";

    private KeyRingContent Content
    {
        get
        {
            lock (gate)
                return known ??= ReadOrCreate();
        }
    }

    /// <summary>Looks at the file again: another node may have changed it.</summary>
    /// <exception cref="KeysUnreadableException">It does not open; what was known stays.</exception>
    public void Reload()
    {
        var fresh = ReadOrCreate();
        lock (gate)
            known = fresh;
    }

    /// <returns>Whether the subject was taken out.</returns>
    public bool IsDestroyed(string tenantId, Guid subject) => !Content.Has(tenantId, subject);

    /// <summary>Takes subjects out of every epoch, for ever.</summary>
    public void Destroy(IReadOnlyCollection<(string TenantId, Guid Subject)> gone)
    {
        if (gone.Any(one => !IsDestroyed(one.TenantId, one.Subject)))
            Change(content => content.Without(gone));
    }

    /// <summary>Begins an epoch and puts the file under the wrapping key of today.</summary>
    /// <param name="gone">Who was erased, asked while nobody else changes the ring: they are in the new epoch as little as in those before.</param>
    public void BeginEpoch(Func<IEnumerable<(string TenantId, Guid Subject)>>? gone = null) =>
        Change(content => content.WithNewEpoch().Without([.. gone?.Invoke() ?? []]));

    /// <summary>Drops the epochs before one: backups from before can then open nothing at all.</summary>
    public void ForgetEpochsBefore(int epoch)
    {
        if (Epochs[0] < epoch)
            Change(content => content.WithoutEpochsBefore(epoch));
    }

    /// <summary>
    /// Removes the copies that programs left which were killed before their new file took the ring's place: such a copy has the keys of
    /// those who were erased since.
    /// </summary>
    public void DropLeftovers()
    {
        lock (gate)
        {
            using var held = TakeLock();
            DropLeftoversUnderLock();
        }
    }

    /// <exception cref="KeyDestroyedException">The subject was taken out.</exception>
    internal WrappedDataKey Wrap(string tenantId, Guid subject, byte[] key)
    {
        var content = Content;
        var leaf = content.Epochs[content.Epoch].LeafOf(tenantId, subject) ?? throw new KeyDestroyedException(tenantId, subject);
        return new WrappedDataKey(subject, Envelope.Seal(leaf, key, PlaceOfKey(tenantId, subject)), NameOf(content));
    }

    /// <exception cref="KeyDestroyedException">The subject was taken out.</exception>
    /// <exception cref="KeysUnreadableException">It is of another ring or epoch.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was altered.</exception>
    internal byte[] Unwrap(string tenantId, WrappedDataKey stored)
    {
        if (!TryEpochOf(stored.WrappingKeyId, out var epoch))
            throw new KeysUnreadableException($"The subject's key is wrapped by {stored.WrappingKeyId}, not by this key ring.");
        if (!Content.Epochs.ContainsKey(epoch))
            Reload();
        var secret = Content.Epochs.GetValueOrDefault(epoch)
            ?? throw new KeysUnreadableException($"The subject's key is wrapped under epoch {epoch}, which this key ring does not have.");
        return Envelope.Open(
            secret.LeafOf(tenantId, stored.SubjectId) ?? throw new KeyDestroyedException(tenantId, stored.SubjectId),
            stored.Wrapped,
            PlaceOfKey(tenantId, stored.SubjectId));
    }

    /// <returns>What is thrown where the file stays behind the database: nothing can be sealed anew until the ring of today is there.</returns>
    internal static KeysUnreadableException StaysBehind(Exception? refused = null) =>
        new("The key ring here stays at an epoch that this database has left behind. Put the ring of today in its place.", refused);

    internal static byte[] PlaceOfKey(string tenantId, Guid subject) => Envelope.Framed(tenantId, subject.ToString("N"));

    internal static bool IsRingName(string wrappingKeyId) => wrappingKeyId.StartsWith("ring:", StringComparison.Ordinal);

    /// <returns>How keys of an epoch are marked as wrapped.</returns>
    internal string NameOf(int epoch) => NameOf(Content with { Epoch = epoch });

    private static string NameOf(KeyRingContent content) => $"ring:{content.Id:N}/{content.Epoch}";

    private bool TryEpochOf(string name, out int epoch)
    {
        var prefix = $"ring:{Content.Id:N}/";
        epoch = 0;
        return name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), out epoch);
    }

    private void Change(Func<KeyRingContent, KeyRingContent> change)
    {
        lock (gate)
        {
            using var held = TakeLock();
            DropLeftoversUnderLock();
            var changed = change(ReadOrCreate(isLocked: true)) with { WrappingKeyId = keys.Current.KeyId };
            Replace(changed.Write(keys.Current));
            known = changed;
        }
    }

    private KeyRingContent ReadOrCreate(bool isLocked = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!File.Exists(path))
            {
                // A directory that is away for a moment must not be taken for one that never held a ring.
                if (known is not null)
                    throw Unreadable($"The key ring is no longer at {path}.");
                CreateFile(isLocked);
            }

            try
            {
                var read = KeyRingContent.Read(File.ReadAllText(path), keys);
                isUnreadable = false;
                return read;
            }
            catch (SealBrokenException) when (attempt < 3)
            {
                Thread.Sleep(20); // It may have been opened just before another took its place, and overwritten since.
            }
            catch (SealBrokenException broken)
            {
                throw Unreadable(broken.Message, broken);
            }
        }
    }

    private KeysUnreadableException Unreadable(string message, Exception? broken = null)
    {
        isUnreadable = true;
        return new KeysUnreadableException(message, broken);
    }

    private void CreateFile(bool isLocked)
    {
        using var held = isLocked ? null : TakeLock();
        if (File.Exists(path))
            return; // Another program made it first: theirs is the ring.
        DropLeftoversUnderLock();
        File.Move(WriteFresh(KeyRingContent.Create(keys.Current.KeyId).Write(keys.Current)), path, overwrite: false);
        Flush();
    }

    private void Replace(string text)
    {
        using var old = OpenShared(path);
        File.Move(WriteFresh(text), path, overwrite: true);
        Flush();
        Overwrite(old);
    }

    private void DropLeftoversUnderLock()
    {
        foreach (var left in System.IO.Directory.EnumerateFiles(Directory, $"{FreshPrefix}*"))
        {
            if (!Guid.TryParseExact(System.IO.Path.GetFileName(left)[FreshPrefix.Length..], "N", out _))
                continue;
            using (var file = OpenShared(left))
                Overwrite(file);
            File.Delete(left);
        }
    }

    private static FileStream OpenShared(string file) => new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private static void Overwrite(FileStream file)
    {
        file.Write(new byte[file.Length]);
        file.Flush(flushToDisk: true);
    }

    private string WriteFresh(string text)
    {
        var fresh = System.IO.Path.Combine(Directory, $"{FreshPrefix}{Guid.NewGuid():N}");
        using var file = new FileStream(fresh, OwnersAlone(FileMode.CreateNew));
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
        return fresh;
    }

    /// <summary>After the change of name: the name is then on the disk, too.</summary>
    private void Flush()
    {
        using var file = OpenShared(path);
        file.Flush(flushToDisk: true);
    }

    private FileStream TakeLock()
    {
        System.IO.Directory.CreateDirectory(Directory);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream($"{path}.lock", OwnersAlone(FileMode.OpenOrCreate));
            }
            catch (IOException) when (waited.Elapsed < PatienceForLock)
            {
                Thread.Sleep(20);
            }
        }
    }

    internal static FileStreamOptions OwnersAlone(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
