using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Tui.Terminal.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Input;

public sealed class BlockingInputTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly AnonymousPipeServerStream keyboard = new(PipeDirection.Out, HandleInheritability.None);
    private readonly BlockingInput input;

    private readonly FakeTimeProvider time = new();

    public BlockingInputTests() =>
        input = new BlockingInput(int.Parse(keyboard.GetClientHandleAsString(), CultureInfo.InvariantCulture), time: time);

    [Fact]
    public void What_is_typed_is_read()
    {
        Type("abc"u8);
        Assert.True(input.Peek());
        Assert.Equal("abc", string.Concat(input.Read()));
    }

    [Fact]
    public void A_character_that_arrives_in_two_pieces_is_one_character()
    {
        Type([0xC3]);
        Assert.True(input.Peek());
        Assert.Equal("", string.Concat(input.Read()));
        Type([0xA9]);
        Assert.True(input.Peek());
        Assert.Equal("é", string.Concat(input.Read()));
    }

    [Fact]
    public void More_than_a_chunk_arrives_whole()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("é你😀", 1500));
        Type(Encoding.UTF8.GetBytes(text));
        var read = new StringBuilder();
        while (read.Length < text.Length && input.Peek())
        {
            read.Append(string.Concat(input.Read()));
        }

        Assert.Equal(text, read.ToString());
    }

    [Theory]
    [InlineData("\e<", "\e[60;3u")]
    [InlineData("\e\u007f", "\e[127;3u")]
    [InlineData("a\e>b", "a\e[62;3ub")]
    [InlineData("\ev", "\ev")]
    [InlineData("\e[A", "\e[A")]
    [InlineData("\e\\", "\e\\")]
    [InlineData("\e[200~\e<\e[201~", "\e[200~\e<\e[201~")]
    public void Alt_with_a_key_that_the_library_swallows_gets_a_form_that_it_takes(string sent, string read)
    {
        Type(Encoding.UTF8.GetBytes(sent));
        Assert.True(input.Peek());
        Assert.Equal(read, string.Concat(input.Read()));
    }

    [Fact]
    public void Esc_and_a_key_after_it_stay_two_keys()
    {
        Type("\e"u8);
        Assert.True(input.Peek());
        Assert.Equal("", string.Concat(input.Read()));
        time.Advance(TimeSpan.FromMilliseconds(61));
        Type("<"u8);
        Assert.True(input.Peek());
        Assert.Equal("\e[27u<", string.Concat(input.Read()));
    }

    [Fact]
    public void Esc_alone_is_passed_on_when_nothing_more_comes()
    {
        Type("\e"u8);
        Assert.True(input.Peek());
        Assert.Equal("", string.Concat(input.Read()));
        // This returns because the wait is over: nothing was typed.
        Assert.True(input.Peek());
        Assert.Equal("\e[27u", string.Concat(input.Read()));
    }

    [Fact]
    public void An_unknown_key_is_made_harmless_also_when_it_arrives_in_pieces()
    {
        Type("\e[2"u8);
        Assert.True(input.Peek());
        Assert.Equal("", string.Concat(input.Read()));
        Type("5~"u8);
        Assert.True(input.Peek());
        Assert.Equal("\e[25x", string.Concat(input.Read()));
    }

    [Fact]
    public void Arrival_is_told_after_the_last_character_was_handed_over()
    {
        var handed = 0;
        var handedWhenTold = -1;
        input.Arrived += () => handedWhenTold = handed;
        Type("abc"u8);
        foreach (var _ in input.Read())
        {
            handed++;
        }

        Assert.Equal(3, handedWhenTold);
    }

    [Fact]
    public void A_terminal_that_goes_away_is_told_once()
    {
        var told = 0;
        input.HungUp += () => told++;
        keyboard.Dispose();
        Assert.False(input.Peek());
        // From now on it waits for the end alone.
        input.Stop();
        Assert.False(input.Peek());
        Assert.Equal(1, told);
    }

    [Fact]
    public void What_was_typed_before_the_terminal_went_away_is_still_read()
    {
        Type("q"u8);
        keyboard.Dispose();
        Assert.True(input.Peek());
        Assert.Equal("q", string.Concat(input.Read()));
    }

    [Fact]
    public async Task Stopping_wakes_a_reader_that_waits()
    {
        var waiting = Task.Run(input.Peek, TestContext.Current.CancellationToken);
        input.Stop();
        Assert.False(await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_librarys_input_thread_ends_when_stopped()
    {
        using var ending = new CancellationTokenSource();
        var queue = new ConcurrentQueue<char>();
        input.Initialize(queue);
        var thread = Task.Run(() => input.Run(ending.Token), TestContext.Current.CancellationToken);
        var arrived = new TaskCompletionSource();
        input.Arrived += arrived.SetResult;
        Type("a"u8);
        await arrived.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal("a", string.Concat(queue));
        await ending.CancelAsync();
        input.Stop();
        await thread.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        input.Dispose();
        keyboard.Dispose();
    }

    private void Type(ReadOnlySpan<byte> bytes)
    {
        keyboard.Write(bytes);
        keyboard.Flush();
    }
}
